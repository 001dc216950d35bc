using Autopay.Application;
using Autopay.Application.PublicStatus;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Triggers.Finance;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Autopay.Triggers.Residents;

/// <summary>What is to be shown to residents: a line in both languages, or when some were charged twice.</summary>
internal sealed record PublicNoteRequest(
    PublicNoteKind Kind,
    string Reason,
    string? English = null,
    string? Spanish = null,
    DateOnly? On = null
) : ChangeTerms
{
    private const int Longest = 300;

    /// <exception cref="BadRequestException">The text is not one line of plain words, or a field is of the other kind.
    /// </exception>
    public PublicNotePublished ToNote() =>
        On is null
            ? new PublicNotePublished(Line(English, "english"), Line(Spanish, "spanish"))
            : throw new BadRequestException("on: expected with the kind chargedTwice only.");

    /// <inheritdoc cref="ToNote"/>
    public ChargedTwiceTold ToTold() =>
        English is not null || Spanish is not null
            ? throw new BadRequestException("english, spanish: the kind chargedTwice has words of its own.")
            : new ChargedTwiceTold(On ?? throw new BadRequestException("on: expected the day on which it happened."));

    private static string Line(string? text, string name) =>
        string.IsNullOrWhiteSpace(text)
        || text.Length > Longest
        || text.Any(it => char.IsControl(it) || it is '<' or '>')
            ? throw new BadRequestException(
                $"{name}: expected one line of at most {Longest} characters, without < and >."
            )
            : text.Trim();
}

/// <summary>Two people for words of our own; the prepared sentence, and taking away, one person does at once.</summary>
public sealed class PublicNoteFunctions(PublishNote notes, CityClock clock)
{
    [Function("PutPublicNote")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/public-note")] HttpRequest request,
        CancellationToken cancel
    )
    {
        var body = await HttpJson.ReadAsync<PublicNoteRequest>(request);
        var asked = body.ToRequest(request, clock, body.Reason);
        return HttpJson.Ok(
            PublicNoteView.Of(
                body.Kind == PublicNoteKind.ChargedTwice
                    ? await notes.TellAsync(body.ToTold(), asked, cancel)
                    : await notes.PublishAsync(body.ApprovalId("note", clock.Now.Utc), body.ToNote(), asked, cancel)
            )
        );
    }

    [Function("DeletePublicNote")]
    [AllowedTo(Role.Preparer, Role.Approver, Role.Operator)]
    public async Task<IActionResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/public-note/{kind}")] HttpRequest request,
        string kind,
        CancellationToken cancel
    )
    {
        var terms = Requests.Reasoned(request.Query);
        var withdrawn = new PublicNoteWithdrawn(KindOf(kind));
        var asked = terms.ToRequest(request, clock, terms.Reason);
        return HttpJson.Ok(PublicNoteView.Of(await notes.WithdrawAsync(withdrawn, asked, cancel)));
    }

    private static PublicNoteKind KindOf(string kind) =>
        kind switch
        {
            "text" => PublicNoteKind.Text,
            "chargedTwice" => PublicNoteKind.ChargedTwice,
            _ => throw new BadRequestException("kind: expected text or chargedTwice."),
        };
}

/// <summary>What residents read now, and what waits for a second person.</summary>
internal sealed record PublicNoteView(
    PublicNote? Note,
    ChargedTwice? ChargedTwice,
    IReadOnlyList<ApprovalView> Approvals
)
{
    public static PublicNoteView Of(Controls controls) =>
        new(
            controls.PublicNote,
            controls.ChargedTwice,
            [
                .. controls
                    .Approvals.Where(it => it.Decided is null && it.Act is PublicNotePublished)
                    .Select(ApprovalView.Of),
            ]
        );
}
