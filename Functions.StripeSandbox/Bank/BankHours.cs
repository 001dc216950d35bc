namespace Autopay.StripeSandbox.Bank;

/// <summary>
/// When the bank answers: 05:00 in the city's zone, on the fourth banking day after the submission (its own day is day
/// 0).
/// </summary>
internal sealed class BankHours(string timeZone)
{
    private const int AnswerAfterBankingDays = 4;
    private static readonly TimeOnly Opening = new(5, 0);
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    public DateTimeOffset AnswerDue(DateTimeOffset submitted) =>
        OpeningOf(BankingDays.After(DayOf(submitted), AnswerAfterBankingDays));

    public DateTimeOffset NextBankingDay(DateTimeOffset from) => OpeningOf(BankingDays.Next(DayOf(from)));

    public DateOnly DayOf(DateTimeOffset moment) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    private DateTimeOffset OpeningOf(DateOnly day)
    {
        var local = day.ToDateTime(Opening);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
