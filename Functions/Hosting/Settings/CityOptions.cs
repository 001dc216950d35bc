using System.ComponentModel.DataAnnotations;
using Autopay.Application.Finance;
using Autopay.Application.Ledgers;

namespace Autopay.Hosting.Settings;

/// <summary>Which city it is.</summary>
public sealed record CityOptions : IValidatableObject
{
    public const string Section = SettingAttribute.CitySection;

    [Setting("the city's IANA time zone; due dates are civil dates there")]
    [Required]
    public string TimeZone { get; init; } = "America/Chicago";

    [Setting("whom staff ask for a role that they miss, as they read it; empty says their administrator")]
    [StringLength(80)]
    public string Contact { get; init; } = "";

    [Setting("number, name and area of each cycle, as people recognise them", Sample = "1|Cycle 1|west")]
    public IReadOnlyList<CycleName> Cycles { get; init; } = [];

    [Setting(
        "parts that the accounts are in; chosen before the first start, and refused when it changes. A walk of the "
            + "city, and Today, cost some requests for each: 8 are enough for some thousand accounts, more than 64 "
            + "help from half a million on"
    )]
    [AllowedValues(
        8,
        16,
        32,
        Bucket.Usual,
        128,
        Bucket.Most,
        ErrorMessage = "Autopay:Buckets: expected 8, 16, 32, 64, 128 or 256."
    )]
    public int Buckets { get; init; } = Bucket.Usual;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult(
                $"Autopay:TimeZone: '{TimeZone}' is not a time zone, such as America/Chicago."
            );
        }
    }
}
