# coding: gbk
# 姓名：某同学    作业：反向传播
import numpy as np

def sigmoid(x):
    # S 型函数
    return 1 / (1 + np.exp(-x))


x = np.array([0.5, 0.1, -0.2])      # 输入
target = 0.6                        # 目标
learnrate = 0.5                     # 学习率
weights_input_hidden = np.array([[0.5, -0.6],
                                 [0.1, -0.2],
                                 [0.1, 0.7]])
weights_hidden_output = np.array([0.1, -0.3])

hidden_layer_input = np.dot(x, weights_input_hidden)
hidden_layer_output = sigmoid(hidden_layer_input)
output_layer_in = np.dot(hidden_layer_output, weights_hidden_output)
output = sigmoid(output_layer_in)

# 误差
error = target - output_layer_in
# 误差项（输出层）
output_error_term = error * output * (1 - output)
# 误差项（隐藏层）
hidden_error_term = np.dot(output_error_term, weights_hidden_output) * hidden_layer_output * (1 - hidden_layer_output)
# 步长
delta_w_h_o = learnrate * output_error_term * hidden_layer_output
delta_w_i_h = learnrate * hidden_error_term * x[:, None]

print('隐藏层到输出层的权重变化：\n', delta_w_h_o)
print('输入层到隐藏层的权重变化：\n', delta_w_i_h)
