import configparser
import numpy as np
def sigmoid(z): return 1 / (1 + np.exp(-z))

cfg = configparser.ConfigParser()
cfg.read_string("""
[net]
x = 0.5, 0.1, -0.2
target = 0.6
learnrate = 0.5
[weights]
hidden = 0.5, -0.6; 0.1, -0.2; 0.1, 0.7
output = 0.1, -0.3
""")
parse = lambda s: np.array([[float(v) for v in row.split(",")] for row in s.split(";")])
x = parse(cfg["net"]["x"])[0]
target = cfg.getfloat("net", "target"); learnrate = cfg.getfloat("net", "learnrate")
weights_input_hidden = parse(cfg["weights"]["hidden"])
weights_hidden_output = parse(cfg["weights"]["output"])[0]

hidden = sigmoid(x @ weights_input_hidden)
output = sigmoid(hidden @ weights_hidden_output)
error = target - output
output_error_term = error * output * (1 - output)
hidden_error_term = output_error_term * weights_hidden_output * hidden * (1 - hidden)

delta_w_h_o = learnrate * output_error_term * hidden
delta_w_i_h = learnrate * hidden_error_term * x[:, None]
