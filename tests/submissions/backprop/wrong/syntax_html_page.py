<!DOCTYPE html>
<html><head><title>2_2_7.ipynb - Colaboratory</title></head>
<body><p>error = target - output</p></body></html>
