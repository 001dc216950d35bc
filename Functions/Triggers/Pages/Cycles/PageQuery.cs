using System.Globalization;
using Autopay.Hosting;
using Microsoft.AspNetCore.Http;

namespace Autopay.Triggers.Pages.Cycles;

/// <summary>What a form without script sends: a field that was left empty asks for nothing.</summary>
internal static class PageQuery
{
    /// <exception cref="BadRequestException">It is no civil day.</exception>
    public static DateOnly? Day(HttpRequest request, string name) =>
        request.Query[name].ToString() is not { Length: > 0 } text ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
        : throw new BadRequestException($"{name}: expected a day, such as 2020-02-01.");
}
