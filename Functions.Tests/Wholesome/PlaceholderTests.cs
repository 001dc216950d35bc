namespace Autopay.Tests.Wholesome;

public sealed class PlaceholderTests
{
    [Fact]
    public void Arithmetic_is_checked() => Assert.Throws<OverflowException>(() => Add(long.MaxValue, 1));

    private static long Add(long left, long right) => left + right;
}
