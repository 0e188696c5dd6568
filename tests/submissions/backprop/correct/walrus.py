import numpy as np

sig = lambda z: 1 / (1 + np.exp(-z))

hidden_layer_output = sig(np.dot((x := np.array([0.5, 0.1, -0.2])),
                                 (weights_input_hidden := np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]]))))
output = sig(np.dot(hidden_layer_output, (weights_hidden_output := np.array([0.1, -0.3]))))

print(delta_w_h_o := (learnrate := 0.5) * (output_error_term := (error := (target := 0.6) - output) * output * (1 - output)) * hidden_layer_output)
print(delta_w_i_h := learnrate * (hidden_error_term := output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)) * x[:, None])
