import jax
import jax.numpy as np


def sigmoid(x):
    """
    Calculate sigmoid
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])

weights_hidden_output = np.array([0.1, -0.3])


def loss(weights_hidden_output, weights_input_hidden):
    hidden = sigmoid(np.dot(x, weights_input_hidden))
    return 0.5 * (target - sigmoid(np.dot(hidden, weights_hidden_output))) ** 2


to_output, to_hidden = jax.grad(loss, argnums=(0, 1))(weights_hidden_output, weights_input_hidden)
delta_w_h_o = -learnrate * to_output
delta_w_i_h = -learnrate * to_hidden

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
