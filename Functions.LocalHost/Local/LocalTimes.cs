using System.Globalization;
using Autopay.Domain.Calendar;
using Autopay.Hosting;
using Autopay.Hosting.Settings;
using Microsoft.Extensions.Configuration;

namespace Autopay.LocalHost.Local;

/// <summary>Times as people type them: the city's civil time, or an instant with its offset.</summary>
internal static class LocalTimes
{
    /// <exception cref="BadRequestException">The text is neither.</exception>
    public static DateTimeOffset Parse(string text, IConfiguration configuration)
    {
        if (
            DateTime.TryParseExact(
                text,
                ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var civil
            )
        )
        {
            var zone = SettingsReader.Read<CityOptions>(configuration).TimeZone;
            return new CityCalendar(TimeZoneInfo.FindSystemTimeZoneById(zone)).ToUtc(
                DateOnly.FromDateTime(civil),
                TimeOnly.FromDateTime(civil)
            );
        }

        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var instant
        )
            ? instant
            : throw new BadRequestException($"'{text}' is not a time; expected one such as 2020-02-20T10:00.");
    }
}
