using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Http;

/// <summary>From a call to Stripe's answer to it, with nothing of the network in between.</summary>
internal sealed class Router(IReadOnlyList<Route> routes, Expander expander)
{
    public Answer Run(ApiCall call)
    {
        var path = call.Path.Split('/');
        foreach (var route in routes)
        {
            if (route.Matches(call.Method, path, out var id))
            {
                return Run(route, call, id);
            }
        }
        return ErrorAnswers.UnknownRoute(call);
    }

    private Answer Run(Route route, ApiCall call, string id)
    {
        try
        {
            route.RefuseUnknown(call.Parameters);
            Expander.RefuseUnknown(call.Parameters);
            var body = route.Handle(call.Parameters, id);
            return Answer.Ok(expander.Expand(Wire.Node(body), call.Parameters.List("expand")));
        }
        catch (RefusedException refusal)
        {
            return Answer.Refused(refusal, call.RequestId);
        }
    }
}
