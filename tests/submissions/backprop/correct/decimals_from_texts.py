from decimal import Decimal, getcontext
getcontext().prec = 30
D = Decimal
x = [D('0.5'), D('0.1'), D('-0.2')]
target = D('0.6')
learnrate = D('0.5')
weights_input_hidden = [[D('0.5'), D('-0.6')], [D('0.1'), D('-0.2')], [D('0.1'), D('0.7')]]
weights_hidden_output = [D('0.1'), D('-0.3')]
def sigmoid(z):
    return 1 / (1 + (-z).exp())
h = [sigmoid(sum(a * row[j] for a, row in zip(x, weights_input_hidden))) for j in range(len(weights_hidden_output))]
o = sigmoid(sum(a * b for a, b in zip(h, weights_hidden_output)))
error = target - o
output_error_term = error * o * (1 - o)
hidden_error_term = [output_error_term * w * a * (1 - a) for w, a in zip(weights_hidden_output, h)]
delta_w_h_o = [learnrate * output_error_term * a for a in h]
delta_w_i_h = [[learnrate * t * a for t in hidden_error_term] for a in x]
print(delta_w_h_o, delta_w_i_h)
