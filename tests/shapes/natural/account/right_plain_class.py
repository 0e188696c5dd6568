class InsufficientFunds(Exception):
    pass

class Account:
    def __init__(self, owner, balance=0.0, rate=0.01):
        self.owner = owner
        self.balance = balance
        self.rate = rate
        self.history = []

    def _book(self, amount):
        self.balance = self.balance + amount
        self.history = self.history + [amount]

    def deposit(self, amount):
        if not amount > 0:
            raise ValueError
        self._book(amount)

    def withdraw(self, amount):
        if self.balance < amount:
            raise InsufficientFunds("no")
        self._book(-amount)
        return self.balance

    def add_interest(self, months=1):
        final = self.balance
        for _ in range(months):
            final *= 1 + self.rate / 12
        gained = final - self.balance
        self.deposit(gained)
        return gained

    def largest(self):
        best = 0
        for a in self.history:
            if a > best:
                best = a
        return best
