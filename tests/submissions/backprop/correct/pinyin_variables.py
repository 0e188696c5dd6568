import numpy as np

shuru = np.array([0.5, 0.1, -0.2])
mubiao = 0.6
xuexilv = 0.5
quanzhong1 = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
quanzhong2 = np.array([0.1, -0.3])

def jihuo(z):
    return 1 / (1 + np.exp(-z))

yincang = jihuo(np.dot(shuru, quanzhong1))
shuchu = jihuo(np.dot(yincang, quanzhong2))

wucha = mubiao - shuchu
shuchu_wucha = wucha * shuchu * (1 - shuchu)
yincang_wucha = shuchu_wucha * quanzhong2 * yincang * (1 - yincang)
delta_w_h_o = xuexilv * shuchu_wucha * yincang
delta_w_i_h = xuexilv * yincang_wucha * shuru[:, None]
print(delta_w_h_o)
print(delta_w_i_h)
