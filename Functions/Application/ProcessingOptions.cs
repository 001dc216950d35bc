using System.ComponentModel.DataAnnotations;

namespace Autopay.Application;

/// <summary>How the app works a bucket.</summary>
public sealed record ProcessingOptions : IValidatableObject
{
    [Setting(
        "a fresh attempt is left to the worker that drives it for this long, unless its walk was cut",
        Unit = "h:m:s"
    )]
    public TimeSpan RecoverAfter { get; init; } = TimeSpan.FromMinutes(2);

    [Setting("confirms in one group; the controls are read again before each (R24)")]
    [Range(1, 16)]
    public int ConfirmGroup { get; init; } = 16;

    [Setting("calls to Stripe under way at once, per instance")]
    [Range(1, 16)]
    public int ProviderParallelism { get; init; } = 16;

    /// <summary>Only spares work: two walks of one bucket do no harm.</summary>
    [Setting(
        "a walk of a bucket keeps others away for this long unless it renews; one that is cut gives it back",
        Unit = "h:m:s"
    )]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);

    [Setting(
        "a walk of a bucket begins no other page after this long, and is asked for again; with the minutes that a page "
            + "may take well under functionTimeout in host.json",
        Unit = "h:m:s"
    )]
    public TimeSpan WalkFor { get; init; } = TimeSpan.FromMinutes(2);

    [Setting(
        "a run of an import begins no other bucket after this long, and puts the next message out; well under "
            + "functionTimeout in host.json",
        Unit = "h:m:s"
    )]
    public TimeSpan ImportFor { get; init; } = TimeSpan.FromMinutes(4);

    [Setting("older backups are deleted, but never the newest whole one", Unit = "days")]
    [Range(1, 3650)]
    public int KeepBackupsDays { get; init; } = 35;

    /// <summary>Longer than the provider itself can be asked for them.</summary>
    [Setting("the provider's raw events are deleted when they are settled and so old", Unit = "days")]
    [Range(60, 3650)]
    public int KeepEventsDays { get; init; } = 90;

    /// <summary>Keys older than this may be pruned at the provider (24 h) and are not used to create again.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromHours(20);

    /// <summary>How long whoever changed something waits until every bucket is asked to look again.</summary>
    public TimeSpan HintsWithin { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long one run takes in missed events: well under the function's timeout, with time left for what comes after
    /// it.
    /// </summary>
    public TimeSpan BackfillFor { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Far less than the 230 seconds of Azure's front door.</summary>
    [Setting(
        "a request for what reads the whole city is answered after so long at the latest, with where to ask on",
        Unit = "h:m:s"
    )]
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(20);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RecoverAfter <= TimeSpan.Zero || Lease < TimeSpan.Zero)
        {
            yield return new ValidationResult("Autopay:RecoverAfter must be positive and Autopay:Lease not negative.");
        }

        if (ImportFor < TimeSpan.Zero)
        {
            yield return new ValidationResult("Autopay:ImportFor must not be negative.");
        }
    }
}
