using Autopay.Application.Finance;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Hosting.Settings;
using Autopay.Pages;
using Autopay.Pages.Protections;
using Autopay.Pages.Stops;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Pages.Stops;

/// <summary>Who is protected from late fees and shut-offs, and what was everybody told?</summary>
public sealed class ProtectionsPages(ShowPage show, PreviewChange preview, ReadCycles cycles, CityOptions city)
{
    private const int MostDates = 60;

    [Function("ProtectionsPage")]
    [AllowedToEverybody]
    public Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/protections")] HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PageAsync<ProtectionList>(
            request,
            async (_, controls) => await ReadAsync(request.Query, controls, cancel),
            cancel
        );

    private async Task<ProtectionsModel> ReadAsync(IQueryCollection query, Controls controls, CancellationToken cancel)
    {
        var form = Enum.TryParse<ProtectionForm>(query["form"], ignoreCase: true, out var asked) ? asked : default;
        var id = query["id"].FirstOrDefault() is { } text ? HttpJson.Id(text, "id") : null;
        return new ProtectionsModel(
            controls,
            await CycleList.OfAsync(city, cycles, cancel),
            city.Cycles,
            id is null && form > ProtectionForm.Notice ? default : form,
            id,
            await WaiverOfAsync(form, id, query, cancel),
            await ShieldOfAsync(form, id, query, cancel)
        );
    }

    [Function("WaiverPart")]
    [AllowedToEverybody]
    public Task<IActionResult> WaiverAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/protections/waiver-preview")]
            HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PartAsync<WaiverPreviewPart>(
            request,
            async (_, _) => await WaiverOfAsync(ProtectionForm.Waiver, null, request.Query, cancel),
            cancel
        );

    [Function("ShieldPart")]
    [AllowedToEverybody]
    public Task<IActionResult> ShieldAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/protections/shield-preview")]
            HttpRequest request,
        CancellationToken cancel
    ) =>
        show.PartAsync<ShieldPreviewPart>(
            request,
            async (_, _) => await ShieldOfAsync(ProtectionForm.Shield, null, request.Query, cancel),
            cancel
        );

    private async Task<WaiverLook?> WaiverOfAsync(
        ProtectionForm form,
        string? id,
        IQueryCollection query,
        CancellationToken cancel
    )
    {
        var ask = WaiverAsk.Of(query);
        var (seen, refused) = (form, id) switch
        {
            (ProtectionForm.WithdrawWaiver, { } waiver) => await Previews.TryAsync(() =>
                preview.RunAsync(new WaiverWithdrawn(waiver), isFresh: false, cancel)
            ),
            (ProtectionForm.Waiver, _) when ask.IsWhole => await Previews.TryAsync(() =>
                preview.RunAsync(ask.ToChange(), isFresh: false, cancel)
            ),
            _ => (null, null),
        };
        return form is ProtectionForm.Waiver or ProtectionForm.WithdrawWaiver
            ? new WaiverLook(ask, seen, refused, form == ProtectionForm.WithdrawWaiver)
            : null;
    }

    private async Task<ShieldLook?> ShieldOfAsync(
        ProtectionForm form,
        string? id,
        IQueryCollection query,
        CancellationToken cancel
    )
    {
        IReadOnlyList<DateOnly> dates = [.. FormFields.Days(query, "dates").Take(MostDates)];
        var (seen, refused) = (form, id) switch
        {
            (ProtectionForm.WithdrawShield, { } shield) => await Previews.TryAsync(() =>
                preview.RunAsync(new ShieldWithdrawn(shield), isFresh: false, cancel)
            ),
            (ProtectionForm.Shield, _) when dates.Count > 0 => await Previews.TryAsync(() =>
                preview.RunAsync(
                    new DisconnectShielded("preview", dates) { Cycles = FormFields.Cycles(query) },
                    isFresh: false,
                    cancel
                )
            ),
            _ => (null, null),
        };
        return form is ProtectionForm.Shield or ProtectionForm.WithdrawShield
            ? new ShieldLook(seen, refused, form == ProtectionForm.WithdrawShield)
            : null;
    }
}
