namespace Autopay.Tests.Rules.Mutants;

/// <summary>What whoever signs for production relies on.</summary>
internal static class SignOffMutants
{
    private const string Expire = "Functions/Application/Retention/ExpireAuthorisations.cs";
    private const string Watch = "Functions/Hosting/Settings/VaultWatch.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "Authorisations are kept for ever",
                "Functions/Domain/Ledger/Authorisations.cs",
                "today.DayNumber - off.On.DayNumber > keepDays",
                "today.DayNumber - off.On.DayNumber > 100 * keepDays",
                "ExpiredAuthorisationTests"
            ),
            new(
                "An authorisation goes while its debit is with the bank",
                "Functions/Domain/Ledger/Authorisations.cs",
                "&& ledger.Debits.All(debit => debit.IsTerminal && !debit.Refunds.Any(refund => refund.IsOpen))",
                "",
                "ExpiredAuthorisationTests"
            ),
            new(
                "What has expired comes back with the next file",
                "Functions/Domain/Deciding/Enrolling.cs",
                ": enrolment.WithoutMeans();",
                ": enrolment;",
                "ExpiredAuthorisationTests"
            ),
            new(
                "The history goes on knowing what the ledger has forgotten",
                Expire,
                "await history.ForgetAsync(entry.Ledger.Id, cancel);",
                "await (entry.Tag is null ? history.ForgetAsync(entry.Ledger.Id, cancel) : Task.CompletedTask);",
                "ExpireAuthorisationsTests"
            ),
            new(
                "The same few buckets have every night",
                Expire,
                "books.Clock.Now.Today.DayNumber * BucketsANight",
                "0 * BucketsANight",
                "ExpireAuthorisationsTests"
            ),
            new(
                "A copy that failed looks like one that is there",
                "Functions/Application/Backups/CopyControls.cs",
                "await watch.FailedAsync(Kind, id, failure, cancel);",
                "await watch.FailedAsync(Kind, id, failure, cancel); await watch.IsThereAsync(Kind, cancel);",
                "CopiesAgeTests"
            ),
            new(
                "A copy that never succeeded is expected by nobody",
                "Functions/Application/Backups/CopyWatch.cs",
                "if (!(await heartbeats.ReadAsync(cancel)).ContainsKey(kind))",
                "if ((await heartbeats.ReadAsync(cancel)).ContainsKey(kind))",
                "CopiesAgeTests"
            ),
            new(
                "A vault that is away is away since the last question",
                Watch,
                "failing?.Since ?? now",
                "now",
                "VaultWatchTests"
            ),
            new(
                "A vault that was away once is away for ever",
                Watch,
                "public void Answered() => failing = null;",
                "public void Answered() => _ = failing;",
                "VaultWatchTests"
            ),
            new(
                "The mail server's password is read once",
                "Functions/Hosting/Settings/VaultMailPassword.cs",
                "time.GetUtcNow() - known.At < VaultSecrets.FreshFor",
                "time.GetUtcNow() >= known.At",
                "MailPasswordTests"
            ),
            new(
                "The page believes that its session was renewed",
                "Functions/Pages/Assets/session.js",
                "banner.toggleAttribute(\"hidden\", left > early);",
                "banner.toggleAttribute(\"hidden\", true);",
                "SessionTests"
            ),
        ];
}
