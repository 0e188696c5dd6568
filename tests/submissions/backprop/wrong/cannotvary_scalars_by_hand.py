from math import exp
def s(z): return 1/(1+exp(-z))
# hidden node 1 and 2
h1 = s(0.5*0.5 + 0.1*0.1 + -0.2*0.1)
h2 = s(0.5*-0.6 + 0.1*-0.2 + -0.2*0.7)
o = s(h1*0.1 + h2*-0.3)
error = 0.6 - o
output_error_term = error*o*(1-o)
hidden_error_term = [output_error_term*0.1*h1*(1-h1), output_error_term*-0.3*h2*(1-h2)]
delta_w_h_o = [0.5*output_error_term*h1, 0.5*output_error_term*h2]
delta_w_i_h = [[0.5*d*v for d in hidden_error_term] for v in (0.5, 0.1, -0.2)]
print(delta_w_h_o, delta_w_i_h)
