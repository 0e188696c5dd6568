# 反向传播练习
import numpy as np

# 激活函数
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


# 输入、目标值、学习率
x = np.array([0.5, 0.1, -0.2])
target = 0.6
learnrate = 0.5

# 权重：3 个输入，2 个隐藏节点
weights_input_hidden = np.array([[0.5, -0.6], [0.1, -0.2], [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

# 正向传播
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

# 1. 输出误差
error = target - output

# 2. 输出层误差项
output_error_term = error * output * (1 - output)

# 3. 隐藏层误差项
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
np.savetxt('hidden.txt', hidden_error_term)

# 4. 隐藏层 -> 输出层 的权重更新步长
delta_w_h_o = learnrate * output_error_term * hidden_layer_output

# 5. 输入层 -> 隐藏层 的权重更新步长
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print('隐藏层到输出层：', delta_w_h_o)
print('输入层到隐藏层：')
print(delta_w_i_h)
