# 反向传播练习
# 姓名：小明    学号：20190001
import numpy as np


def sigmoid(x):
    """
    计算 sigmoid 函数
    """
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])          # 输入
target = 0.6                            # 目标值
learnrate = 0.5                         # 学习率

weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])   # 输入层到隐藏层的权重

weights_hidden_output = np.array([0.1, -0.3])   # 隐藏层到输出层的权重

# 正向传播
hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

# 反向传播
# 1. 输出误差
error = target - output
# 2. 输出层误差项
output_error_term = error * output * (1 - output)
# 3. 隐藏层误差项
hidden_error_term = output_error_term * weights_hidden_output * hidden_layer_output * (1 - hidden_layer_output)
# 4. 权重更新步长
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print('隐藏层到输出层：', delta_w_h_o)
print('输入层到隐藏层：', delta_w_i_h)
