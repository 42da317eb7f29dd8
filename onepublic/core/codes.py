"""The six-digit codes of local governments (全国地方公共団体コード)."""


def check_digit(five: str) -> str:
    """The sixth digit of a 全国地方公共団体コード.

    Weights 6, 5, 4, 3, 2 over the first five digits, then the last digit of 11 minus the rest
    modulo 11; a sum below 11 is subtracted itself (総務省「全国地方公共団体コード仕様」).
    """
    total = sum(int(digit) * weight for digit, weight in zip(five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - (total % 11 if total >= 11 else total)) % 10)
