using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Rehearsal.Input;

/// <summary>A rehearsal's input is wrong: file, line, field.</summary>
public sealed class RehearsalInputException(string message) : Exception(message);

/// <summary>What people call a cycle.</summary>
public sealed record TimelineCycle
{
    public required int Cycle { get; init; }

    public string Name { get; init; } = "";

    public string Area { get; init; } = "";

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>The policies that a timeline may name; the others keep their defaults.</summary>
public sealed record TimelinePolicies
{
    public int? MaxRetries { get; init; }

    public IReadOnlyList<int>? RetryAfterBankingDays { get; init; }

    public int? MaxRetryDays { get; init; }

    public PreviousBalancePolicy? PreviousBalance { get; init; }

    /// <summary>Off unless it is named (R36); 0 is off too.</summary>
    public int? MaxReturnsPerYear { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    public Policies ToPolicies(TimeOnly dueDateRunAt)
    {
        var defaults = new Policies();
        return defaults with
        {
            DueDateRunAt = dueDateRunAt,
            MaxRetries = MaxRetries ?? defaults.MaxRetries,
            MaxRetryDays = MaxRetryDays ?? defaults.MaxRetryDays,
            RetryAfterBankingDays = RetryAfterBankingDays ?? defaults.RetryAfterBankingDays,
            PreviousBalance = PreviousBalance ?? defaults.PreviousBalance,
            MaxReturnsPerYear = MaxReturnsPerYear ?? 0,
        };
    }
}

/// <summary>
/// One step: at this civil time, do this. Which of the other fields it needs depends on what it does.
/// </summary>
public sealed record TimelineStep
{
    public required DateTime At { get; init; }

    public required string Do { get; init; }

    public string? Kind { get; init; }

    public string? File { get; init; }

    public string? Id { get; init; }

    public IReadOnlyList<int>? Cycles { get; init; }

    public DateOnly? DueFrom { get; init; }

    public DateOnly? DueTo { get; init; }

    public DateOnly? PenaltyFrom { get; init; }

    public DateOnly? PenaltyTo { get; init; }

    public DateOnly? ExpectedClearBy { get; init; }

    public string? Action { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyDictionary<string, DateOnly>? ReceivedThrough { get; init; }

    public IReadOnlyList<DateOnly>? Dates { get; init; }

    public string? Account { get; init; }

    public string? Bill { get; init; }

    public string? To { get; init; }

    public string? Deferral { get; init; }

    /// <summary>An import by its file: every bill that it opened again (R5).</summary>
    public string? Import { get; init; }

    /// <summary>A payment by its id: of a step take or keep (R29, R31).</summary>
    public string? Payment { get; init; }

    /// <summary>False: the file arrives and is not applied before a step "apply" (R26).</summary>
    public bool? Applied { get; init; }

    /// <summary>An accounts file that says it is complete (R39).</summary>
    public bool? Complete { get; init; }

    /// <summary>"setAside": rows that contradict the rules are set aside instead of refusing the file (R40).</summary>
    public string? BadRows { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What timeline.json says.</summary>
public sealed record Timeline
{
    public required string Name { get; init; }

    public required string TimeZone { get; init; }

    public required DateOnly Start { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateOnly End { get; init; }

    public IReadOnlyList<TimelineCycle> Cycles { get; init; } = [];

    public TimeOnly DueDateRunAt { get; init; } = new(6, 0);

    /// <summary>
    /// A second into its minute: what a step of that minute makes due is evaluated before the run, and not by it.
    /// </summary>
    public TimeOnly ToRunTime() => DueDateRunAt.Add(TimeSpan.FromSeconds(1));

    public TimelinePolicies Policies { get; init; } = new();

    public IReadOnlyList<TimelineStep> Steps { get; init; } = [];

    public IReadOnlyDictionary<string, long> Expect { get; init; } = new Dictionary<string, long>();

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}
