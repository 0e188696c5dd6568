import numpy as np
import torch
import torch.nn as nn

torch.manual_seed(0)
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print('Using', device)

def sigmoid(x):
    return 1 / (1 + np.exp(-x))

x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])
h = sigmoid(x @ weights_input_hidden)
o = sigmoid(h @ weights_hidden_output)
error = target - o
output_error_term = error * o * (1 - o)
hidden_error_term = output_error_term * weights_hidden_output * h * (1 - h)
delta_w_h_o = learnrate * output_error_term * h
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

# check with torch later
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(3, 2)
        self.fc2 = nn.Linear(2, 1)

    def forward(self, x):
        return torch.sigmoid(self.fc2(torch.sigmoid(self.fc1(x))))

print(Model())
