using System.Text.Json;
using System.Text.Json.Serialization;

namespace Autopay.Rehearsal.Steps;

/// <summary>
/// One step: at this civil time, do this. A kind of step is one record. It says what it needs, checks that, plays
/// itself through the verb that a person or a file would reach, and says in words what it did.
/// </summary>
public abstract record TimelineStep
{
    /// <summary>The city's civil time, to the minute.</summary>
    public required DateTime At { get; init; }

    public string? Reason { get; init; }

    /// <summary>The step's name in the timeline: its type's name without <c>Step</c>.</summary>
    public string Do => StepKinds.NameOf(GetType());

    /// <summary>Fields that this kind of step does not have (D20, D120).</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>What the history gives as the reason: the step's own, else its name.</summary>
    internal string Why => Reason ?? Do;

    /// <summary>What the fields' types cannot say, the first problem first.</summary>
    /// <param name="folder">The folder of the timeline and of the files that it names.</param>
    internal virtual IEnumerable<StepProblem> Check(string folder) => [];

    /// <returns>What to print beside the step.</returns>
    /// <exception cref="RefusedException">The rules refuse the step; nothing changed.</exception>
    /// <exception cref="Input.RehearsalInputException">A file of the step is wrong.</exception>
    internal abstract Task<string> PlayAsync(StepContext context);

    /// <summary>The words for what the step did, with its reason if it has one.</summary>
    protected string WithReason(string what) => Reason is null ? what : $"{what}: {Reason}";
}
