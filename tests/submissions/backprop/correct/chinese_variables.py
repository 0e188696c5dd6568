import numpy as np

def 激活(值):
    return 1 / (1 + np.exp(-值))

输入 = np.array([0.5, 0.1, -0.2])
目标 = 0.6
学习率 = 0.5
权重一 = np.array([[0.5, -0.6],
                [0.1, -0.2],
                [0.1, 0.7]])
权重二 = np.array([0.1, -0.3])

隐藏 = 激活(np.dot(输入, 权重一))
输出 = 激活(np.dot(隐藏, 权重二))

误差 = 目标 - 输出
输出误差项 = 误差 * 输出 * (1 - 输出)
隐藏误差项 = 输出误差项 * 权重二 * 隐藏 * (1 - 隐藏)

delta_w_h_o = 学习率 * 输出误差项 * 隐藏
delta_w_i_h = 学习率 * 隐藏误差项 * 输入[:, None]

print(delta_w_h_o)
print(delta_w_i_h)
