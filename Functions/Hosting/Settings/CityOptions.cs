using System.ComponentModel.DataAnnotations;
using Autopay.Application.Finance;

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
