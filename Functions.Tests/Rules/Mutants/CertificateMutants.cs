namespace Autopay.Tests.Rules.Mutants;

/// <summary>What would clear a cycle on less than it says, or hide what contradicts a clear.</summary>
internal static class CertificateMutants
{
    private const string Certify = "Functions/Application/Certifying/CertifyClear.cs";
    private const string Late = "Functions/Domain/Certificates/LateReceipt.cs";
    private const string Uncounted = "Functions/Domain/Certificates/Uncounted.cs";
    private const string Accept = "Functions/Application/Certifying/AcceptLateReceipts.cs";
    private const string Seals = "Functions/Application/Auditing/VerifySeals.cs";

    public static IEnumerable<Mutant> All =>
        [
            new(
                "What was not counted is forgotten when a clear takes effect",
                Certify,
                "var isBorneOut = certificate.IsBorneOut ||",
                "var isBorneOut = certificate.Differences.Count == 0 ||",
                "RequiredTotalsTests"
            ),
            new(
                "A clear without any count is taken where counts are required",
                "Functions/Domain/Certificates/Certificate.cs",
                "public bool IsBorneOut => Differences.Count == 0 && Uncounted is null && Lowered.Count == 0;",
                "public bool IsBorneOut => Differences.Count == 0 && Lowered.Count == 0;",
                "RequiredTotalsTests"
            ),
            new(
                "A day on which money came in although banks are closed needs no count",
                Uncounted,
                "&& (BankingCalendar.IsBankingDay(day) || entered.Contains((channel, day)));",
                "&& BankingCalendar.IsBankingDay(day);",
                "UncountedTests"
            ),
            new(
                "Another cycle's count is ours",
                Uncounted,
                ".Where(total => (total.Key.Cycle ?? cycle) == cycle)",
                ".Where(total => total.Key.Channel.Length > 0)",
                "UncountedTests"
            ),
            new(
                "What was not counted is no part of the certificate's hash",
                "Functions/Domain/Certificates/Certificate.cs",
                "foreach (var channel in Uncounted ?? [])",
                "foreach (var channel in (Uncounted ?? []).Take(0))",
                "UncountedTests"
            ),
            new(
                "A payment of the very day that was cleared through contradicts nothing",
                Late,
                "&& payment.ReceivedOn <= through",
                "&& payment.ReceivedOn < through",
                "LateReceiptTests"
            ),
            new(
                "What contradicts a clear waits for ever",
                Late,
                "controls.ClearedAt(Cycle) == ClearedAt;",
                "controls.ClearedAt(Cycle) != DateTimeOffset.MinValue;",
                "LateReceiptTests"
            ),
            new(
                "What comes later is accepted with what came before",
                Late,
                "PostedAt <= controls.BacklogOf(Cycle).LateAccepted?.Through;",
                "controls.BacklogOf(Cycle).LateAccepted is not null;",
                "LateReceiptTests"
            ),
            new(
                "A late receipt is accepted for a clear that nobody has looked at",
                "Functions/Domain/CityControls/Controls.cs",
                "return this.ClearedAt(receipts.Cycle) == late.ClearedAt",
                "return this.ClearedAt(receipts.Cycle) != default(DateTimeOffset)",
                "LateReceiptTests"
            ),
            new(
                "A plan is approved although receipts came in late",
                Accept,
                "await RefuseReleaseAsync(released.Terms.Cycle, cancel);",
                "_ = released;",
                "LateReceiptHttpTests"
            ),
            new(
                "Late receipts that nobody was shown are accepted",
                Accept,
                "LateReceipts.Of(waiting).Hash != shown.Hash",
                "LateReceipts.Of(waiting).Hash.Length == 0",
                "LateReceiptHttpTests"
            ),
            new(
                "Where one person is enough late receipts keep nothing from being sealed",
                "Functions/Application/Releasing/SealPlan.cs",
                "await late.RefuseReleaseAsync(entry.Plan.Cycle, cancel);",
                "_ = late;",
                "LateReceiptHttpTests"
            ),
            new(
                "An altered certificate is not told",
                Seals,
                "kept.Where(document => !document.IsIntact)",
                "kept.Where(document => document.Hash.Length == 0)",
                "AlteredSealTests"
            ),
            new(
                "A certificate that is gone is not missed",
                Seals,
                ".Where(hash => kept.All(document => document.Hash != hash))",
                ".Where(hash => hash.Length == 0)",
                "AlteredSealTests"
            ),
            new(
                "An altered plan is not told",
                Seals,
                "return hash != terms.PlanHash",
                "return hash.Length == 0",
                "AlteredSealTests"
            ),
            new(
                "Nobody is told at night of what is not as it was signed",
                "Functions/Application/Auditing/WatchAudit.cs",
                "broken is [var first, ..]",
                "broken is [var first, _, ..]",
                "AlteredSealTests"
            ),
        ];
}
