using Autopay.Application.Certifying;
using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Pages;
using Autopay.Pages.Certificates;
using Autopay.Pages.Stops;
using Autopay.Triggers.Pages.Stops;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Releases;

/// <summary>Does what was counted equal what was entered?</summary>
public sealed class CertificatePages(
    ShowPage show,
    ReadCertificate read,
    PreviewChange preview,
    ClearBacklog clear,
    CityOptions city
)
{
    [Function("CertificatePage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}/certificate")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) =>
        show.PageAsync<BacklogCertificate>(
            request,
            async (frame, controls) => await ReadAsync(HttpJson.Cycle(cycle), request, frame, controls, cancel),
            cancel
        );

    [Function("ClearPart")]
    [AllowedToEverybody]
    public Task<IActionResult> ClearAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/cycles/{cycle}/certificate/clear-preview")]
            HttpRequest request,
        string cycle,
        CancellationToken cancel
    ) =>
        show.PartAsync<ClearPreview>(
            request,
            async (frame, _) =>
            {
                var reading = await read.RunAsync(HttpJson.Cycle(cycle), live: true, frame.Now.Utc, cancel);
                return await LookAsync(request, HttpJson.Cycle(cycle), reading.Certificate, frame, cancel);
            },
            cancel
        );

    private async Task<CertificateModel> ReadAsync(
        CycleNumber number,
        HttpRequest request,
        Frame frame,
        Controls controls,
        CancellationToken cancel
    )
    {
        var reading = await read.RunAsync(number, live: false, frame.Now.Utc, cancel);
        var asked = controls.Approvals.LastOrDefault(it =>
            it is { Act: BacklogClearing clearing, Decided: null }
            && clearing.Cycles.Contains(number)
            && !it.IsExpired(frame.Now.Utc)
        );
        return new CertificateModel(
            reading,
            controls.BacklogOf(number),
            city.Cycles,
            await read.ReadKeptAsync(number, cancel),
            asked,
            await LookAsync(request, number, reading.Certificate, frame, cancel)
        );
    }

    private async Task<ClearLook> LookAsync(
        HttpRequest request,
        CycleNumber cycle,
        Certificate certificate,
        Frame frame,
        CancellationToken cancel
    )
    {
        var typed = CertificateModel
            .Channels.Select(channel => (channel, Day: FormFields.Day(request.Query, $"receivedThrough.{channel}")))
            .Where(it => it.Day is not null)
            .ToDictionary(it => it.channel, it => it.Day!.Value, StringComparer.Ordinal);
        var through = typed.Count > 0 || request.Query.ContainsKey("state") ? typed : Proposed(certificate);
        var cleared = new BacklogCleared([cycle], through);
        var (seen, refused) = await Previews.TryAsync(() => preview.RunAsync(cleared, isFresh: false, cancel));
        var waits = await clear.WaitsForAsync(frame.Now.Utc, cancel);
        var contradictions = through.Count == 0 ? [] : Watermarks.Contradictions(through, certificate);
        return new ClearLook(cycle, through, contradictions, certificate, seen, refused, waits.Count);
    }

    // What was said before; else through the last day that was counted of each channel.
    private static Dictionary<string, DateOnly> Proposed(Certificate certificate) =>
        certificate.ReceivedThrough.Count > 0
            ? new(certificate.ReceivedThrough, StringComparer.Ordinal)
            : certificate
                .Lines.Where(line => line.CountedCount > 0)
                .GroupBy(line => line.Key.Channel)
                .ToDictionary(
                    channel => channel.Key,
                    channel => channel.Max(line => line.Key.ReceivedOn),
                    StringComparer.Ordinal
                );
}
