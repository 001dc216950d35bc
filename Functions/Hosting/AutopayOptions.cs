using System.ComponentModel.DataAnnotations;
using Autopay.Application;
using Autopay.Application.Finance;

namespace Autopay.Hosting;

/// <summary>Section <c>Autopay</c> of the configuration. Every default is the design's.</summary>
public sealed class AutopayOptions : IValidatableObject
{
    public const string Section = "Autopay";

    /// <summary>The city's IANA time zone: due dates are civil dates there.</summary>
    [Required]
    public string TimeZone { get; set; } = "America/Chicago";

    /// <summary>The civil hour from which a debit is due on its day.</summary>
    public TimeOnly DueDateRunAt { get; set; } = new(6, 0);

    [Range(0, 2)]
    public int MaxRetries { get; set; } = 2;

    /// <summary>Comma-separated banking days after the k-th "no".</summary>
    [RegularExpression("^[0-9]{1,2}(,[0-9]{1,2})*$")]
    public string RetryAfterBankingDays { get; set; } = "5,10";

    [Range(1, 180)]
    public int MaxRetryDays { get; set; } = 40;

    /// <summary>Debits that come back within 12 months until the account is suspended; 0 is no limit.</summary>
    [Range(0, 100)]
    public int MaxReturnsPerYear { get; set; } = 3;

    /// <summary>A bill that arrives this many days after its due date, or before it, waits for a person.</summary>
    [Range(0, 366)]
    public int MaxDaysAfterDueDate { get; set; } = 10;

    [Range(1, 1_000)]
    public int MaxDaysBeforeDueDate { get; set; } = 120;

    /// <summary>Autopay that goes on again within so many days brings back what its going off cancelled.</summary>
    [Range(0, 366)]
    public int UndoOffWithinDays { get; set; } = 7;

    /// <summary>Days after its due date for which a bill of an unknown account waits for it.</summary>
    [Range(0, 1000)]
    public int KeepWaitingBillsDays { get; set; } = 60;

    public PreviousBalancePolicy PreviousBalance { get; set; } = PreviousBalancePolicy.Review;

    [Range(1, 10_000)]
    public int MinimumChargeCents { get; set; } = 50;

    [Range(1, 366)]
    public int NoNextBillDays { get; set; } = 28;

    /// <summary>How long a fresh attempt is left to the worker that drives it.</summary>
    public TimeSpan RecoverAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Confirms in one group; the controls are read again before each.</summary>
    [Range(1, 16)]
    public int ConfirmGroup { get; set; } = 16;

    /// <summary>Calls to the provider under way at once, per instance.</summary>
    [Range(1, 16)]
    public int ProviderParallelism { get; set; } = 16;

    /// <summary>How long a walk keeps other walks of its bucket away.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Ceilings of the return rates over 60 days: crossing one halts all charging.</summary>
    [Range(0.0, 100.0)]
    public decimal MaxUnauthorizedPercent { get; set; } = 0.5m;

    [Range(0.0, 100.0)]
    public decimal MaxAdministrativePercent { get; set; } = 3m;

    [Range(0.0, 100.0)]
    public decimal MaxReturnedPercent { get; set; } = 15m;

    /// <summary>Fewer debits than this in 60 days, and a rate says nothing.</summary>
    [Range(1, 1_000_000)]
    public int ReturnRateAtLeastDebits { get; set; } = 200;

    /// <summary>Older backups are deleted, but never the newest whole one.</summary>
    [Range(1, 3650)]
    public int KeepBackupsDays { get; set; } = 35;

    /// <summary>Names and areas of the cycles, as people recognise them.</summary>
    public List<CycleName> Cycles { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult(
                $"Autopay:TimeZone: '{TimeZone}' is not a time zone, such as America/Chicago."
            );
        }

        if (RecoverAfter <= TimeSpan.Zero || Lease < TimeSpan.Zero)
        {
            yield return new ValidationResult("Autopay:RecoverAfter must be positive and Autopay:Lease not negative.");
        }
    }

    public Policies ToPolicies() =>
        new()
        {
            DueDateRunAt = DueDateRunAt,
            MaxRetries = MaxRetries,
            MaxRetryDays = MaxRetryDays,
            PreviousBalance = PreviousBalance,
            MaxReturnsPerYear = MaxReturnsPerYear == 0 ? null : MaxReturnsPerYear,
            MaxDaysAfterDueDate = MaxDaysAfterDueDate,
            MaxDaysBeforeDueDate = MaxDaysBeforeDueDate,
            UndoOffWithinDays = UndoOffWithinDays,
            KeepWaitingBillsDays = KeepWaitingBillsDays,
            RetryAfterBankingDays =
            [
                .. RetryAfterBankingDays
                    .Split(',')
                    .Select(days => int.Parse(days, System.Globalization.CultureInfo.InvariantCulture)),
            ],
            MinimumCharge = new Money(MinimumChargeCents),
            NoNextBillDays = NoNextBillDays,
        };

    public ReturnCeilings ToCeilings() =>
        new()
        {
            Unauthorized = MaxUnauthorizedPercent,
            Administrative = MaxAdministrativePercent,
            Overall = MaxReturnedPercent,
            AtLeastDebits = ReturnRateAtLeastDebits,
        };

    public ProcessingOptions ToProcessing() =>
        new()
        {
            ConfirmGroup = ConfirmGroup,
            RecoverAfter = RecoverAfter,
            Lease = Lease,
            ProviderParallelism = ProviderParallelism,
            KeepBackups = TimeSpan.FromDays(KeepBackupsDays),
        };
}
