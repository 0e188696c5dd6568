from numpy import *

def sigmoid(t):
    return 1 / (1 + exp(-t))


x = array([0.5, 0.1, -0.2])
target = 0.6
learning_rate = 0.5
w_ih = array([[0.5, -0.6],
              [0.1, -0.2],
              [0.1, 0.7]])
w_ho = array([0.1, -0.3])

# forward pass
hidden_in = dot(x, w_ih)
hidden_out = sigmoid(hidden_in)
final_in = dot(hidden_out, w_ho)
final_out = sigmoid(final_in)

# backward pass
error = target - final_out
output_error_term = error * final_out * (1 - final_out)
hidden_error_term = dot(output_error_term, w_ho) * hidden_out * (1 - hidden_out)

# weight steps
delta_w_h_o = [str(v) for v in learning_rate * output_error_term * hidden_out]
delta_w_i_h = [[str(v) for v in row] for row in learning_rate * outer(x, hidden_error_term)]

print("delta_w_h_o =", delta_w_h_o)
print("delta_w_i_h =", delta_w_i_h)
