using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Api;

/// <summary>What a receiver that was down reads afterwards. Stripe lists events of the last 30 days.</summary>
internal sealed class EventsApi(SandboxState state, SandboxClock clock)
{
    private const string Root = "/v1/events";
    private static readonly TimeSpan Listed = TimeSpan.FromDays(30);

    public IEnumerable<Route> Routes =>
        [
            Route.List(Root, List, "created", "type", "types", "delivery_success"),
            Route.Get(Root + "/{id}", (_, id) => state.Events.Find(id) ?? throw RefusedException.Missing("event", id)),
        ];

    private ListPage List(Parameters parameters, string none)
    {
        var created = Pages.CreatedFilter(parameters);
        var types = parameters.List("types");
        var delivered = parameters.Flag("delivery_success");
        var oldest = (clock.Now - Listed).ToUnixTimeSeconds();
        return Pages.Cut(
            state
                .Events.NewestFirst()
                .TakeWhile(written => written.Created >= oldest)
                .Where(written =>
                    created(written.Created)
                    && (parameters.Text("type") is not { } type || EventTypes.Match(written.Type, type))
                    && (types.Count == 0 || types.Contains(written.Type, StringComparer.Ordinal))
                    && (delivered is null || delivered == (written.PendingWebhooks == 0))
                ),
            parameters,
            Root
        );
    }
}
