# backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation backpropagation 
import numpy as np


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

## Forward pass
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)

output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

## Backwards pass
## TODO: Calculate output error
error = target - output  # 误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差误差

# TODO: Calculate error term for output layer
output_error_term = error * output * (1 - output)

# TODO: Calculate error term for hidden layer
hidden_error_term = np.dot(output_error_term, weights_hidden_output) * \
                    hidden_layer_output * (1 - hidden_layer_output)

# TODO: Calculate change in weights for hidden layer to output layer
delta_w_h_o = learnrate * output_error_term * hidden_layer_output

# TODO: Calculate change in weights for input layer to hidden layer
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print('Change in weights for hidden layer to output layer:')
print(delta_w_h_o)
print('Change in weights for input layer to hidden layer:')
print(delta_w_i_h)
# line 1 of my notes about the chain rule
# line 2 of my notes about the chain rule
# line 3 of my notes about the chain rule
# line 4 of my notes about the chain rule
# line 5 of my notes about the chain rule
# line 6 of my notes about the chain rule
# line 7 of my notes about the chain rule
# line 8 of my notes about the chain rule
# line 9 of my notes about the chain rule
# line 10 of my notes about the chain rule
# line 11 of my notes about the chain rule
# line 12 of my notes about the chain rule
# line 13 of my notes about the chain rule
# line 14 of my notes about the chain rule
# line 15 of my notes about the chain rule
# line 16 of my notes about the chain rule
# line 17 of my notes about the chain rule
# line 18 of my notes about the chain rule
# line 19 of my notes about the chain rule
# line 20 of my notes about the chain rule
# line 21 of my notes about the chain rule
# line 22 of my notes about the chain rule
# line 23 of my notes about the chain rule
# line 24 of my notes about the chain rule
# line 25 of my notes about the chain rule
# line 26 of my notes about the chain rule
# line 27 of my notes about the chain rule
# line 28 of my notes about the chain rule
# line 29 of my notes about the chain rule
# line 30 of my notes about the chain rule
# line 31 of my notes about the chain rule
# line 32 of my notes about the chain rule
# line 33 of my notes about the chain rule
# line 34 of my notes about the chain rule
# line 35 of my notes about the chain rule
# line 36 of my notes about the chain rule
# line 37 of my notes about the chain rule
# line 38 of my notes about the chain rule
# line 39 of my notes about the chain rule
# line 40 of my notes about the chain rule
# line 41 of my notes about the chain rule
# line 42 of my notes about the chain rule
# line 43 of my notes about the chain rule
# line 44 of my notes about the chain rule
# line 45 of my notes about the chain rule
# line 46 of my notes about the chain rule
# line 47 of my notes about the chain rule
# line 48 of my notes about the chain rule
# line 49 of my notes about the chain rule
# line 50 of my notes about the chain rule
# line 51 of my notes about the chain rule
# line 52 of my notes about the chain rule
# line 53 of my notes about the chain rule
# line 54 of my notes about the chain rule
# line 55 of my notes about the chain rule
# line 56 of my notes about the chain rule
# line 57 of my notes about the chain rule
# line 58 of my notes about the chain rule
# line 59 of my notes about the chain rule
# line 60 of my notes about the chain rule
# line 61 of my notes about the chain rule
# line 62 of my notes about the chain rule
# line 63 of my notes about the chain rule
# line 64 of my notes about the chain rule
# line 65 of my notes about the chain rule
# line 66 of my notes about the chain rule
# line 67 of my notes about the chain rule
# line 68 of my notes about the chain rule
# line 69 of my notes about the chain rule
# line 70 of my notes about the chain rule
# line 71 of my notes about the chain rule
# line 72 of my notes about the chain rule
# line 73 of my notes about the chain rule
# line 74 of my notes about the chain rule
# line 75 of my notes about the chain rule
# line 76 of my notes about the chain rule
# line 77 of my notes about the chain rule
# line 78 of my notes about the chain rule
# line 79 of my notes about the chain rule
# line 80 of my notes about the chain rule
# line 81 of my notes about the chain rule
# line 82 of my notes about the chain rule
# line 83 of my notes about the chain rule
# line 84 of my notes about the chain rule
# line 85 of my notes about the chain rule
# line 86 of my notes about the chain rule
# line 87 of my notes about the chain rule
# line 88 of my notes about the chain rule
# line 89 of my notes about the chain rule
# line 90 of my notes about the chain rule
# line 91 of my notes about the chain rule
# line 92 of my notes about the chain rule
# line 93 of my notes about the chain rule
# line 94 of my notes about the chain rule
# line 95 of my notes about the chain rule
# line 96 of my notes about the chain rule
# line 97 of my notes about the chain rule
# line 98 of my notes about the chain rule
# line 99 of my notes about the chain rule
# line 100 of my notes about the chain rule
# line 101 of my notes about the chain rule
# line 102 of my notes about the chain rule
# line 103 of my notes about the chain rule
# line 104 of my notes about the chain rule
# line 105 of my notes about the chain rule
# line 106 of my notes about the chain rule
# line 107 of my notes about the chain rule
# line 108 of my notes about the chain rule
# line 109 of my notes about the chain rule
# line 110 of my notes about the chain rule
# line 111 of my notes about the chain rule
# line 112 of my notes about the chain rule
# line 113 of my notes about the chain rule
# line 114 of my notes about the chain rule
# line 115 of my notes about the chain rule
# line 116 of my notes about the chain rule
# line 117 of my notes about the chain rule
# line 118 of my notes about the chain rule
# line 119 of my notes about the chain rule
# line 120 of my notes about the chain rule
# line 121 of my notes about the chain rule
# line 122 of my notes about the chain rule
# line 123 of my notes about the chain rule
# line 124 of my notes about the chain rule
# line 125 of my notes about the chain rule
# line 126 of my notes about the chain rule
# line 127 of my notes about the chain rule
# line 128 of my notes about the chain rule
# line 129 of my notes about the chain rule
# line 130 of my notes about the chain rule
# line 131 of my notes about the chain rule
# line 132 of my notes about the chain rule
# line 133 of my notes about the chain rule
# line 134 of my notes about the chain rule
# line 135 of my notes about the chain rule
# line 136 of my notes about the chain rule
# line 137 of my notes about the chain rule
# line 138 of my notes about the chain rule
# line 139 of my notes about the chain rule
# line 140 of my notes about the chain rule
# line 141 of my notes about the chain rule
# line 142 of my notes about the chain rule
# line 143 of my notes about the chain rule
# line 144 of my notes about the chain rule
# line 145 of my notes about the chain rule
# line 146 of my notes about the chain rule
# line 147 of my notes about the chain rule
# line 148 of my notes about the chain rule
# line 149 of my notes about the chain rule
# line 150 of my notes about the chain rule
# line 151 of my notes about the chain rule
# line 152 of my notes about the chain rule
# line 153 of my notes about the chain rule
# line 154 of my notes about the chain rule
# line 155 of my notes about the chain rule
# line 156 of my notes about the chain rule
# line 157 of my notes about the chain rule
# line 158 of my notes about the chain rule
# line 159 of my notes about the chain rule
# line 160 of my notes about the chain rule
# line 161 of my notes about the chain rule
# line 162 of my notes about the chain rule
# line 163 of my notes about the chain rule
# line 164 of my notes about the chain rule
# line 165 of my notes about the chain rule
# line 166 of my notes about the chain rule
# line 167 of my notes about the chain rule
# line 168 of my notes about the chain rule
# line 169 of my notes about the chain rule
# line 170 of my notes about the chain rule
# line 171 of my notes about the chain rule
# line 172 of my notes about the chain rule
# line 173 of my notes about the chain rule
# line 174 of my notes about the chain rule
# line 175 of my notes about the chain rule
# line 176 of my notes about the chain rule
# line 177 of my notes about the chain rule
# line 178 of my notes about the chain rule
# line 179 of my notes about the chain rule
# line 180 of my notes about the chain rule
# line 181 of my notes about the chain rule
# line 182 of my notes about the chain rule
# line 183 of my notes about the chain rule
# line 184 of my notes about the chain rule
# line 185 of my notes about the chain rule
# line 186 of my notes about the chain rule
# line 187 of my notes about the chain rule
# line 188 of my notes about the chain rule
# line 189 of my notes about the chain rule
# line 190 of my notes about the chain rule
# line 191 of my notes about the chain rule
# line 192 of my notes about the chain rule
# line 193 of my notes about the chain rule
# line 194 of my notes about the chain rule
# line 195 of my notes about the chain rule
# line 196 of my notes about the chain rule
# line 197 of my notes about the chain rule
# line 198 of my notes about the chain rule
# line 199 of my notes about the chain rule
# line 200 of my notes about the chain rule
# line 201 of my notes about the chain rule
# line 202 of my notes about the chain rule
# line 203 of my notes about the chain rule
# line 204 of my notes about the chain rule
# line 205 of my notes about the chain rule
# line 206 of my notes about the chain rule
# line 207 of my notes about the chain rule
# line 208 of my notes about the chain rule
# line 209 of my notes about the chain rule
# line 210 of my notes about the chain rule
# line 211 of my notes about the chain rule
# line 212 of my notes about the chain rule
# line 213 of my notes about the chain rule
# line 214 of my notes about the chain rule
# line 215 of my notes about the chain rule
# line 216 of my notes about the chain rule
# line 217 of my notes about the chain rule
# line 218 of my notes about the chain rule
# line 219 of my notes about the chain rule
# line 220 of my notes about the chain rule
# line 221 of my notes about the chain rule
# line 222 of my notes about the chain rule
# line 223 of my notes about the chain rule
# line 224 of my notes about the chain rule
# line 225 of my notes about the chain rule
# line 226 of my notes about the chain rule
# line 227 of my notes about the chain rule
# line 228 of my notes about the chain rule
# line 229 of my notes about the chain rule
# line 230 of my notes about the chain rule
# line 231 of my notes about the chain rule
# line 232 of my notes about the chain rule
# line 233 of my notes about the chain rule
# line 234 of my notes about the chain rule
# line 235 of my notes about the chain rule
# line 236 of my notes about the chain rule
# line 237 of my notes about the chain rule
# line 238 of my notes about the chain rule
# line 239 of my notes about the chain rule
# line 240 of my notes about the chain rule
# line 241 of my notes about the chain rule
# line 242 of my notes about the chain rule
# line 243 of my notes about the chain rule
# line 244 of my notes about the chain rule
# line 245 of my notes about the chain rule
# line 246 of my notes about the chain rule
# line 247 of my notes about the chain rule
# line 248 of my notes about the chain rule
# line 249 of my notes about the chain rule
# line 250 of my notes about the chain rule
# line 251 of my notes about the chain rule
# line 252 of my notes about the chain rule
# line 253 of my notes about the chain rule
# line 254 of my notes about the chain rule
# line 255 of my notes about the chain rule
# line 256 of my notes about the chain rule
# line 257 of my notes about the chain rule
# line 258 of my notes about the chain rule
# line 259 of my notes about the chain rule
# line 260 of my notes about the chain rule
# line 261 of my notes about the chain rule
# line 262 of my notes about the chain rule
# line 263 of my notes about the chain rule
# line 264 of my notes about the chain rule
# line 265 of my notes about the chain rule
# line 266 of my notes about the chain rule
# line 267 of my notes about the chain rule
# line 268 of my notes about the chain rule
# line 269 of my notes about the chain rule
# line 270 of my notes about the chain rule
# line 271 of my notes about the chain rule
# line 272 of my notes about the chain rule
# line 273 of my notes about the chain rule
# line 274 of my notes about the chain rule
# line 275 of my notes about the chain rule
# line 276 of my notes about the chain rule
# line 277 of my notes about the chain rule
# line 278 of my notes about the chain rule
# line 279 of my notes about the chain rule
# line 280 of my notes about the chain rule
# line 281 of my notes about the chain rule
# line 282 of my notes about the chain rule
# line 283 of my notes about the chain rule
# line 284 of my notes about the chain rule
# line 285 of my notes about the chain rule
# line 286 of my notes about the chain rule
# line 287 of my notes about the chain rule
# line 288 of my notes about the chain rule
# line 289 of my notes about the chain rule
# line 290 of my notes about the chain rule
# line 291 of my notes about the chain rule
# line 292 of my notes about the chain rule
# line 293 of my notes about the chain rule
# line 294 of my notes about the chain rule
# line 295 of my notes about the chain rule
# line 296 of my notes about the chain rule
# line 297 of my notes about the chain rule
# line 298 of my notes about the chain rule
# line 299 of my notes about the chain rule
# line 300 of my notes about the chain rule
