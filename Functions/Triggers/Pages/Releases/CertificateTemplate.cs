using System.Globalization;
using System.Text;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Imports;
using Autopay.Pages.Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Releases;

/// <summary>An empty file of counted totals, with a line for each day and channel of the cycle's outage.</summary>
public sealed class CertificateTemplate(IControlsStore controlsStore, CityClock clock)
{
    /// <summary>A spreadsheet that a person still fills in.</summary>
    private const int MostDays = 62;

    [Function("CertificateTemplate")]
    [AllowedToEverybody]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}/certificate/template")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var number = HttpJson.Cycle(cycle);
        var held = (await controlsStore.LoadAsync(cancel)).Controls.HeldFrom(number);
        request.HttpContext.Response.Headers.ContentDisposition =
            $"attachment; filename=control-totals-cycle-{number}.csv";
        return new ContentResult { Content = Write(number, held ?? clock.Now.Today), ContentType = "text/csv" };
    }

    // Without a number a line is refused: what nobody counted is deleted and not sent as nothing.
    private string Write(CycleNumber cycle, DateOnly from)
    {
        var text = new StringBuilder(string.Join(',', ImportFormat.Of(ImportKind.ControlTotals).Header) + "\n");
        var first = Math.Max(from.DayNumber, clock.Now.Today.DayNumber - MostDays + 1);
        for (var day = first; day <= clock.Now.Today.DayNumber; day++)
        {
            foreach (var channel in CertificateModel.Channels)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{DateOnly.FromDayNumber(day):yyyy-MM-dd},{channel},,,,{cycle}\n"
                );
            }
        }

        return text.ToString();
    }
}
