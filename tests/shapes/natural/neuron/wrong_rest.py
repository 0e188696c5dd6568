"""计算神经科学 作业二：泄漏积分发放（LIF）神经元"""

import numpy as np
import matplotlib.pyplot as plt
from dataclasses import dataclass, field


@dataclass
class LIFNeuron:
    """膜电位单位 mV，时间单位 ms。"""

    tau: float = 20.0
    v_rest: float = -65.0
    v_reset: float = -70.0
    v_threshold: float = -50.0
    resistance: float = 10.0
    v: float = -65.0
    spikes: list = field(default_factory=list)

    def step(self, current, dt):
        """前进一步；返回是否发放。"""
        # 待完成：欧拉法更新膜电位
        dv = (-(self.v - self.v_rest) + self.resistance * current) / self.tau
        self.v += dt * dv
        # 待完成：超过阈值则复位
        if self.v >= self.v_threshold:
            self.v = self.v_rest
            return True
        return False

    def run(self, currents, dt=1.0):
        """返回每一步之后的膜电位。"""
        # 待完成
        trace = []
        for k, current in enumerate(currents):
            if self.step(current, dt):
                self.spikes.append((k + 1) * dt)
            trace.append(self.v)
        return np.array(trace)

    @property
    def rate(self):
        """发放次数。"""
        return len(self.spikes)


# 示例
neuron = LIFNeuron(tau=8.0)
currents = np.array([0.0, 2.0, 3.5, 3.5, 4.0, 4.0, 6.0, 6.0, 6.0, 1.0, 0.0, 5.5])
trace = neuron.run(currents)
print("膜电位：", trace)
print("发放时刻：", neuron.spikes, "次数：", neuron.rate)

plt.plot(trace, label="v(t)")
plt.legend()
plt.show()
