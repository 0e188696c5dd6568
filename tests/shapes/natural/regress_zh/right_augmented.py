import numpy as np


class 线性回归:
    def __init__(self, 学习率=0.1, 轮数=20):
        self.eta = 学习率
        self.T = 轮数

    @staticmethod
    def _加一列(X):
        return np.hstack([X, np.ones((len(X), 1))])

    def 预测(self, X):
        return self._加一列(X) @ self.theta

    def 训练(self, X, y):
        A = self._加一列(X)
        self.theta = np.zeros(A.shape[1])
        self.损失 = []
        for _ in range(self.T):
            r = A @ self.theta - y
            self.损失.append((r @ r) / len(y))
            self.theta -= self.eta * 2 / len(y) * (A.T @ r)
        self.w, self.b = self.theta[:-1], self.theta[-1]
        return self
