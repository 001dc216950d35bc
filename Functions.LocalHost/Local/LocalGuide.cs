namespace Autopay.LocalHost.Local;

/// <summary>What the app prints when it runs on one machine.</summary>
internal static class LocalGuide
{
    public static IEnumerable<string> Lines(Uri app, Uri? sandbox, string data, DateTimeOffset now) =>
        [
            "",
            $"Autopay listens on {app}  (it is {now:yyyy-MM-dd HH:mm} UTC here)",
            sandbox is null
                ? "It charges the Stripe account of the configured key."
                : $"It charges the Stripe sandbox on {sandbox}  (no real money)",
            "",
            $"  curl {app}api/cycles                 controls, counts and cents by cycle",
            $"  curl {app}api/stuck                  what waits for a person",
            $"  curl -X POST -H 'X-CSRF: 1' {app}api/tick   do what is due now",
            sandbox is null ? "" : $"  curl {sandbox}_sandbox/ledger?by=debit_id   every charge, grouped by debit",
            "",
            "The README walks through an outage with the sample city. "
                + $"Ctrl+C stops everything; the data stay in {data}.",
            "",
        ];
}
