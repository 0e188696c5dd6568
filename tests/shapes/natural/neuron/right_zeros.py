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
            self.v = self.v_reset
            return True
        return False

    def run(self, currents, dt=1.0):
        """返回每一步之后的膜电位。"""
        # 待完成
        n = len(currents)
        out = np.zeros(n)
        time = 0
        for i in range(n):
            time = time + dt
            fired = self.step(currents[i], dt)
            if fired:
                self.spikes = self.spikes + [time]
            out[i] = self.v
        return out

    @property
    def rate(self):
        """发放次数。"""
        return len(self.spikes)


