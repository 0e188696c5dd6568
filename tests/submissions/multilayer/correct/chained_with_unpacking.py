import numpy as np

first, *others = X = np.array([0.5, -0.1, 0.6, 1.5])
weights_input_to_hidden = top, *rows = np.array([[-0.02, -0.03, 0.16],
                                                 [0.08, -0.05, 0.05],
                                                 [-0.04, -0.07, 0.02],
                                                 [0.02, -0.19, -0.17]])
weights_hidden_to_output = np.array([[-0.06, -0.1], [0.03, -0.09], [-0.14, 0.15]])

total = first * top
for number, row in zip(others, rows):
    total = total + number * row
hidden_layer_out = 1 / (1 + np.exp(-total))
output_layer_out = 1 / (1 + np.exp(-hidden_layer_out @ weights_hidden_to_output))
print(hidden_layer_out, output_layer_out)
