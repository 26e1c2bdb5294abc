"""Prints decimal operations with their results at 34 digits, half to even: left, operator, right, result."""

import random
from decimal import ROUND_HALF_EVEN, Context, Decimal

rng = random.Random(34)
context = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999)
OPERATIONS = {"+": context.add, "-": context.subtract, "*": context.multiply, "/": context.divide}


def value():
    digits = rng.choice([1, 2, 3, 5, 17, 33, 34])
    kind = rng.random()
    number = rng.randrange(10 ** digits)
    if kind < 0.15:
        number = int("5".ljust(digits, "0"))
    elif kind < 0.3:
        number = 10 ** digits - 1
    return context.scaleb(Decimal(number * rng.choice([1, -1])), -rng.randrange(36))


def text(number):
    shown = format(number, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in ("-0", "") else shown


for _ in range(4000):
    left, right = value(), value()
    operator = rng.choice("+-*/")
    if operator != "/" or right != 0:
        print(format(left, "f"), operator, format(right, "f"), text(OPERATIONS[operator](left, right)))
