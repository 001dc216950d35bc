using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Rehearsal.Steps;

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

    /// <summary>Off unless it is named (R41).</summary>
    public LookAlikeBillsPolicy? LookAlikeBills { get; init; }

    /// <summary>What was held waits after a clear for a step <c>release</c>; off unless it is named (I25).</summary>
    public bool? ReleaseApproval { get; init; }

    /// <summary>Off unless it is named (R44).</summary>
    public NoticeClockMode? NoticeClock { get; init; }

    public int? AmountNoticeDays { get; init; }

    public int? DateNoticeDays { get; init; }

    /// <summary>Off unless it is named (R45).</summary>
    public BillShockMode? BillShock { get; init; }

    public int? BillShockTimes { get; init; }

    public int? BillShockParts { get; init; }

    /// <summary>Off unless it is named; 0 is off too.</summary>
    public int? StaleBillsDays { get; init; }

    /// <inheritdoc cref="StaleBillsDays"/>
    public int? StalePaymentsDays { get; init; }

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
            LookAlikeBills = LookAlikeBills ?? LookAlikeBillsPolicy.Off,
            ReleaseApproval = ReleaseApproval ?? false,
            NoticeClock = NoticeClock ?? NoticeClockMode.Off,
            AmountNoticeDays = AmountNoticeDays ?? defaults.AmountNoticeDays,
            DateNoticeDays = DateNoticeDays ?? defaults.DateNoticeDays,
            BillShock = BillShock ?? BillShockMode.Off,
            BillShockTimes = BillShockTimes ?? defaults.BillShockTimes,
            BillShockParts = BillShockParts ?? defaults.BillShockParts,
            StaleBillsDays = StaleBillsDays ?? 0,
            StalePaymentsDays = StalePaymentsDays ?? 0,

            // Nobody approves files in a rehearsal.
            MethodChangesLimit = int.MaxValue,
        };
    }
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

    /// <summary>In the order of the file.</summary>
    [JsonIgnore]
    public IReadOnlyList<TimelineStep> Steps { get; init; } = [];

    /// <summary>As they are written: what a step does names the record that it is.</summary>
    [JsonInclude]
    [JsonPropertyName("steps")]
    internal IReadOnlyList<JsonElement> WrittenSteps { get; init; } = [];

    public IReadOnlyDictionary<string, long> Expect { get; init; } = new Dictionary<string, long>();

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }
}
