namespace Autopay.Tests.Rules.Mutants;

/// <summary>More calls than Stripe allows, or a part of them that nobody may use.</summary>
internal static class RateMutants
{
    private const string Rates = "Functions/Payments/Rates/";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        Played(
            "A lease is used for longer than the others believe",
            "CallTurns",
            "|| Now < until)",
            "|| Now < until + RateTerms.Gone)"
        ),
        Played(
            "Nothing is left to who may go on without storage",
            "RateNegotiation",
            "Math.Min(claim.Value.Held, limits.StaticShare(claim.Key))",
            "Math.Min(0, limits.StaticShare(claim.Key))"
        ),
        Played(
            "Who was not heard for two seconds is dead",
            "RateNegotiation",
            ">= RateTerms.Silent;",
            ">= RateTerms.Look;"
        ),
        Played(
            "A fair share is taken whether it is free or not",
            "RateNegotiation",
            "mine.Held + Math.Min(free, fair[instance] - mine.Held)",
            "fair[instance]"
        ),
        Played(
            "Who came first keeps everything",
            "RateNegotiation",
            ": mine.Held - Math.Clamp(lacking, 0, mine.Held - fair[instance]);",
            ": mine.Held;"
        ),
        Played("A token needs no rest when it changes hands", "SharedRate", "now + rest);", "now);"),
        Played("Bulk goes first", "CallTurns", "Next(people) || Next(bulk)", "Next(bulk) || Next(people)"),
        Played(
            "Pages that begin together wait together",
            "CallTurns",
            "(bulkWork ?? 0, Interlocked.Increment(ref arrivals))",
            "(0, Interlocked.Increment(ref arrivals))"
        ),
        Played(
            "An endpoint may use what the account may",
            "RateLimits",
            "pool == All ? InAll : PerEndpoint;",
            "pool == All ? InAll : Math.Max(InAll, PerEndpoint);"
        ),
        Played("An idle instance keeps a token", "RatePool", ">= RateTerms.Idle ? 0", ">= RateTerms.Idle ? 1"),
        Played(
            "What was not called in a pause is called after it",
            "PacedTokens",
            "left = Planned > now - Late ? Planned : now - Late;",
            "left = Planned;"
        ),
        new(
            "The shares of the rate are written without their ETag",
            "Functions/Storage/TableSharedRateStore.cs",
            "new ETag(tag)",
            "ETag.All",
            "RateOverStorageTests"
        ),
        new(
            "A walk waits no longer than a person",
            "Functions/Payments/StripeGate.cs",
            "ProviderTurn.BulkWork, ProviderTurn.GivenUp",
            "null, ProviderTurn.GivenUp",
            "GateTests"
        ),
        new(
            "What is no longer wanted leaves when its turn comes",
            "Functions/Payments/StripeGate.cs",
            "if (!await ProviderTurn.MayLeaveAsync())",
            "if (await ProviderTurn.MayLeaveAsync() && false)",
            "GateTests"
        ),
        new(
            "What is declared while a confirm waits for its turn comes too late",
            "Functions/Application/Charging/GroupControls.cs",
            "recent.Version > Newest.Version ? recent : Newest",
            "Newest",
            "BeforeConfirmTests"
        ),
    ];

    private static Mutant Played(string name, string file, string find, string replacement) =>
        new(name, $"{Rates}{file}.cs", find, replacement, "SharedRateTests");
}
