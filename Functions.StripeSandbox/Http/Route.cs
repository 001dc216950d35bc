namespace Autopay.StripeSandbox.Http;

internal delegate object Handler(Parameters parameters, string id);

/// <summary>
/// One endpoint: `{id}` is the only placeholder; a parameter that is not named here is refused, as Stripe does.
/// </summary>
internal sealed record Route(string Method, string Template, Handler Handle, params string[] Accepts)
{
    private static readonly string[] Everywhere = ["expand"];
    private static readonly string[] Paging = ["limit", "starting_after", "ending_before"];

    private readonly string[] segments = Template.Split('/');

    public static Route Get(string template, Handler handle) => new("GET", template, handle);

    public static Route List(string template, Handler handle, params string[] accepts) =>
        new("GET", template, handle, [.. accepts, .. Paging]);

    public static Route Post(string template, Handler handle, params string[] accepts) =>
        new("POST", template, handle, accepts);

    public bool Matches(string method, string[] path, out string id)
    {
        id = "";
        if (method != Method || path.Length != segments.Length)
        {
            return false;
        }
        for (var index = 0; index < path.Length; index++)
        {
            if (segments[index] == "{id}")
            {
                id = path[index];
            }
            else if (segments[index] != path[index])
            {
                return false;
            }
        }
        return true;
    }

    public void RefuseUnknown(Parameters parameters)
    {
        var unknown = parameters
            .TopLevelNames.Except(Accepts, StringComparer.Ordinal)
            .Except(Everywhere, StringComparer.Ordinal)
            .ToList();
        if (unknown.Count > 0)
        {
            throw RefusedException.Parameter(
                $"Received unknown parameter{(unknown.Count > 1 ? "s" : "")}: {string.Join(", ", unknown)}",
                unknown[0],
                "parameter_unknown"
            );
        }
    }
}
