import numpy as np


class 线性回归:
    def __init__(self, 学习率=0.1, 轮数=20):
        self.lr, self.epochs = 学习率, 轮数
        self.损失 = []
        self.b = 0.0

    def 预测(self, X):
        return np.array([sum(x * w for x, w in zip(row, self.w)) + self.b for row in X])

    def 训练(self, X, y):
        n = len(X)
        self.w = np.zeros(X.shape[1])
        for 轮 in range(self.epochs):
            dw, db, 总和 = np.zeros_like(self.w), 0.0, 0.0
            for x, 目标 in zip(X, y):
                e = np.dot(self.w, x) + self.b - 目标
                dw += 2 * e * x
                db += 2 * e
                总和 += e * e
            self.w = self.w - self.lr * dw
            self.b = self.b - self.lr * db / n
            self.损失.append(总和 / n)
        return self
