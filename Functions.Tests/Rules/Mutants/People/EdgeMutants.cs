namespace Autopay.Tests.Rules.Mutants;

/// <summary>What a rule says at its edge, where the mutation tool found that nobody would have noticed.</summary>
internal static class EdgeMutants
{
    private const string Releases = "Functions/Domain/Releases/ReleaseChanges.cs";
    private const string Approval = "Functions/Domain/CityControls/Approval.cs";
    private const string Certificate = "Functions/Domain/Certificates/Certificate.cs";
    private const string OfReleases = "ReleaseControlsTests";
    private const string OfApprovals = "Domain.ApprovalTests";
    private const string OfProtections = "ProtectionChangesTests";

    public static IReadOnlyList<Mutant> All { get; } = [.. OfTwoPeople, .. OfCustomers];

    private static IEnumerable<Mutant> OfTwoPeople =>
        [
            new(
                "A release whose place another one took cannot be stopped",
                Releases,
                "{ IsLive: false, IsReplaced: false } => controls,",
                "{ IsLive: false } => controls,",
                OfReleases
            ),
            new(
                "A cycle that is opened again lets go what a replaced release has let go",
                Releases,
                "(release.IsLive || release.IsReplaced) && release.Terms.Cycle == cycle",
                "release.IsLive && release.Terms.Cycle == cycle",
                OfReleases
            ),
            new(
                "A go after its last day is told to nobody",
                Releases,
                "(go.On > release.GoUntil(times) || times.Now.Utc > release.ExpiresAt(times))",
                "times.Now.Utc > release.ExpiresAt(times)",
                OfReleases
            ),
            new(
                "A hold that is over still says whose bill is taken out of it",
                "Functions/Domain/CityControls/SecondPerson.cs",
                "controls.Find(exemption.Deferral) is { IsInForce: true } hold",
                "controls.Find(exemption.Deferral) is { } hold",
                OfApprovals
            ),
            new(
                "Who prepared a plan on the command line approves it on a page",
                Approval,
                "|| (person.Name is { } name && IsPreparedBy(Authority.OnCommandLine(name)));",
                ";",
                OfApprovals
            ),
            new(
                "What was rejected is done",
                Approval,
                "Decided is not null && !IsRejected && Outcome is null",
                "Decided is not null && Outcome is null",
                OfApprovals
            ),
            new(
                "Too much in one drawer makes up for too little in another",
                Certificate,
                "Differences.Sum(line => Money.Max(line.Difference, -line.Difference));",
                "Differences.Sum(line => line.Difference);",
                "CertificateWordsTests"
            ),
            new(
                "A document of another clear is taken for this one's",
                "Functions/Domain/Certificates/CertificateDocument.cs",
                "(other with { Version = Version }).HashOfAll == Hash;",
                "other.Certificate.Hash == Certificate.Hash;",
                "CertificateWordsTests"
            ),
        ];

    private static IEnumerable<Mutant> OfCustomers =>
        [
            new(
                "Who takes one waiver back takes all",
                "Functions/Domain/CityControls/ProtectionChanges.cs",
                "controls.Waivers.Select(it => it.Id == withdrawn.Id ? Ended(it, authority) : it)",
                "controls.Waivers.Select(it => Ended(it, authority))",
                OfProtections
            ),
            new(
                "A merge that is withdrawn stops the cycle's release",
                "Functions/Domain/CityControls/Controls.cs",
                "deferral is { IsInForce: true, Action: DeferralAction.Hold } && deferral.Cycles",
                "deferral is { IsInForce: true } && deferral.Cycles",
                OfProtections
            ),
            new(
                "Money of the penalty date itself is late",
                "Functions/Domain/Protections/ReceivedMoney.cs",
                "|| ReceivedOn <= day;",
                "|| ReceivedOn < day;",
                "ReceivedMoneyTests"
            ),
            new(
                "A shield of the last day puts nothing off",
                "Functions/Domain/Protections/DisconnectAnswer.cs",
                "earliest = date <= earliest ?",
                "earliest = date < earliest ?",
                "R43EdgesTests"
            ),
            new(
                "A notice tells more than it said",
                "Functions/Domain/Notices/NoticeClock.cs",
                "&& open <= told && day >= from",
                "&& day >= from",
                "R44ToldOnTests"
            ),
            new(
                "A late receipt that two people accepted waits for ever",
                "Functions/Application/Work/ReadWork.cs",
                "(late.IsInForce(controls) && !late.IsAccepted(controls));",
                "late.IsInForce(controls);",
                "WorkSumsTests"
            ),
        ];
}
