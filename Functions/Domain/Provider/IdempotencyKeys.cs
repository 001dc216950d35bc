using System.Globalization;

namespace Autopay.Domain.Provider;

/// <summary>
/// Every key under which the provider does a thing at most once. A key is made from what it stands for, saved before it
/// is used, and never used for anything else.
/// </summary>
public static class IdempotencyKeys
{
    public static string Create(DebitId debit, int attempt) => $"pi-{debit}-{attempt}";

    public static string Confirm(DebitId debit, int attempt) => $"cf-{debit}-{attempt}";

    /// <summary>
    /// A new one for each try: a stored 500 would be replayed for a day, and to cancel twice does nothing more.
    /// </summary>
    public static string Cancel(DebitId debit, int attempt, DateTimeOffset now) =>
        $"cx-{debit}-{attempt}-{Text(now, "yyyyMMddHHmmssfff")}";

    /// <summary>For an intent that belongs to no debit of the books.</summary>
    public static string CancelOrphan(string intentId, DateTimeOffset now) =>
        $"cx-orphan-{intentId}-{Text(now, "yyyyMMddHHmmss")}";

    public static string Refund(DebitId debit, int number) => $"rf-{debit}-{number}";

    private static string Text(DateTimeOffset now, string format) =>
        now.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
