namespace Autopay.Tests.Rules.Domain;

public sealed class MoneyTests
{
    [Fact]
    public void Arithmetic_is_checked()
    {
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue) + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
        Assert.Throws<OverflowException>(() => new[] { new Money(long.MaxValue), new Money(1) }.Sum());
    }

    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(5, "0.05")]
    [InlineData(-1_205, "-12.05")]
    [InlineData(123_456_789, "1234567.89")]
    [InlineData(long.MinValue, "-92233720368547758.08")]
    public void Text_is_dollars_with_two_places(long cents, string text) =>
        Assert.Equal(text, new Money(cents).ToString());

    [Fact]
    public void Money_is_stored_as_integer_cents() =>
        Assert.Equal("-1205", System.Text.Json.JsonSerializer.Serialize(new Money(-1_205)));

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void The_smaller_and_the_larger_do_not_depend_on_the_order(long one, long other)
    {
        Assert.Equal(Math.Min(one, other), Money.Min(new Money(one), new Money(other)).Cents);
        Assert.Equal(Math.Max(one, other), Money.Max(new Money(one), new Money(other)).Cents);
    }
}
