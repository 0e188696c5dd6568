"""
第三次作业：线性回归（梯度下降法）

请完成标有 TODO 的部分。
"""
import numpy as np


class 线性回归:
    """用梯度下降法训练的线性回归模型"""

    def __init__(self, 学习率=0.1, 轮数=20):
        self.学习率 = 学习率
        self.轮数 = 轮数
        self.w = None
        self.b = 0.0
        self.损失 = []

    def 预测(self, X):
        # TODO: 计算预测值
        return X @ self.w + self.b

    def 训练(self, X, y):
        n, d = X.shape
        self.w = np.zeros(d)
        for _ in range(self.轮数):
            误差 = self.预测(X) - y
            # TODO: 计算梯度
            dw = 2 * X.T @ 误差 / n
            db = 2 * 误差.mean()
            # TODO: 更新参数
            self.w -= self.学习率 * dw
            self.b -= self.学习率 * db
            self.损失.append(np.mean(误差 ** 2))
        return self


if __name__ == '__main__':
    np.random.seed(2)
    X = np.random.randn(8, 2)
    y = X @ np.array([1.5, -2.0]) + 0.5
    模型 = 线性回归(学习率=0.1, 轮数=15)
    模型.训练(X, y)
    print('权重:', 模型.w, '偏置:', 模型.b)
    print('最后的损失:', 模型.损失[-1])
    新数据 = np.array([[1.0, 0.5], [-0.3, 2.0]])
    print('预测:', 模型.预测(新数据))
