from collections import OrderedDict, defaultdict
import numpy as np

cache = defaultdict(list)
steps = OrderedDict()


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])

## Forward pass
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)

output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

cache['h'].append(hidden_layer_output)
cache['o'].append(output)
steps['error'] = target - cache['o'][-1]
steps['out'] = steps['error'] * cache['o'][-1] * (1 - cache['o'][-1])
steps['hid'] = steps['out'] * weights_hidden_output * cache['h'][-1] * (1 - cache['h'][-1])

delta_w_h_o = learnrate * steps['out'] * cache['h'][-1]
delta_w_i_h = learnrate * steps['hid'] * x[:, None]
for k, v in steps.items():
    print(k, v)

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
