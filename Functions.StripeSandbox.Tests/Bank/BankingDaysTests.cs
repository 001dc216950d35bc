using System.Globalization;
using Autopay.StripeSandbox.Bank;

namespace Autopay.StripeSandbox.Tests.Bank;

public sealed class BankingDaysTests
{
    [Theory]
    [InlineData(2020, "01-01 01-20 02-17 05-25 07-04 09-07 10-12 11-11 11-26 12-25")]
    [InlineData(2022, "01-01 01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26")]
    [InlineData(2026, "01-01 01-19 02-16 05-25 06-19 07-04 09-07 10-12 11-11 11-26 12-25")]
    public void The_Federal_Reserves_holidays(int year, string days) =>
        Assert.Equal(
            days,
            string.Join(
                ' ',
                BankingDays.Holidays(year).Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture))
            )
        );

    [Fact]
    public void A_Saturday_holiday_does_not_close_the_bank_on_Friday() =>
        Assert.True(BankingDays.IsBankingDay(new DateOnly(2026, 7, 3)));
}
