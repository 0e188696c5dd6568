"""Object-oriented programming, sheet 4: a savings account"""
from dataclasses import dataclass, field


class InsufficientFunds(Exception):
    """Raised if more is withdrawn than there is."""


@dataclass
class Account:
    owner: str
    balance: float = 0.0
    rate: float = 0.01
    history: list = field(default_factory=list)

    def deposit(self, amount: float) -> None:
        if amount <= 0:
            raise ValueError("amount must be positive")
        # TODO: change the balance, note the amount in the history
        self.balance += amount
        self.history.append(amount)

    def withdraw(self, amount: float) -> float:
        # TODO: raise InsufficientFunds, or change balance and history; return what is left
        if amount > self.balance:
            raise InsufficientFunds(amount)
        self.balance -= amount
        self.history.append(amount)
        return self.balance

    def add_interest(self, months: int = 1) -> float:
        """Compound monthly interest; rate is per year."""
        # TODO
        interest = self.balance * ((1 + self.rate / 12) ** months - 1)
        self.deposit(interest)
        return interest

    def largest(self):
        # TODO: the largest deposit so far
        return max(amount for amount in self.history if amount > 0)


# try it
acc = Account("Kim", rate=0.06)
acc.deposit(120.0)
left = acc.withdraw(45.5)
acc.deposit(80.0)
gained = acc.add_interest(3)
print(f"{acc.owner} has {acc.balance:.2f}, gained {gained:.2f}")
print(acc.history)
print("largest", acc.largest())
try:
    acc.withdraw(1000.0)
except InsufficientFunds as e:
    print("refused:", e)
