using Microsoft.AspNetCore.Http;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// Which requests go wrong. It is shared by the proxies of a world, so that it counts all that leaves the process.
/// </summary>
internal sealed class FaultScript
{
    private readonly Lock guard = new();
    private readonly List<Rule> rules = [];
    private int seen;

    public int Seen
    {
        get
        {
            lock (guard)
            {
                return seen;
            }
        }
    }

    /// <summary>How many faults are still to come.</summary>
    public int Left
    {
        get
        {
            lock (guard)
            {
                return rules.Sum(rule => rule.Times);
            }
        }
    }

    /// <summary>Some request gets no answer at all.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>The n-th request from now on goes wrong.</summary>
    public void BreakAt(int request, ProxyFault fault)
    {
        lock (guard)
        {
            seen = 0;
            Add(new Rule(_ => seen == request, fault, 1));
        }
    }

    /// <summary>The next requests whose method and path contain this go wrong.</summary>
    public void Break(string method, string path, ProxyFault fault, int times = 1)
    {
        lock (guard)
        {
            Add(
                new Rule(
                    request =>
                        request.Method == method
                        && (request.Path + request.QueryString.ToString()).Contains(path, StringComparison.Ordinal),
                    fault,
                    times
                )
            );
        }
    }

    /// <summary>Everything goes wrong until it is mended.</summary>
    public void BreakAll(ProxyFault fault)
    {
        lock (guard)
        {
            Add(new Rule(_ => true, fault, int.MaxValue));
        }
    }

    public void Mend()
    {
        lock (guard)
        {
            (seen, IsSilent) = (0, false);
            rules.Clear();
        }
    }

    public ProxyFault? Next(HttpRequest request)
    {
        lock (guard)
        {
            seen++;
            var index = rules.FindIndex(rule => rule.Matches(request));
            if (index < 0)
            {
                return null;
            }

            var rule = rules[index];
            rules[index] = rule with { Times = rule.Times - 1 };
            rules.RemoveAll(it => it.Times == 0);
            return rule.Fault;
        }
    }

    private void Add(Rule rule)
    {
        rules.Add(rule);
        IsSilent |= rule.Fault is ProxyFault.HangBefore or ProxyFault.HangAfter;
    }

    private sealed record Rule(Func<HttpRequest, bool> Matches, ProxyFault Fault, int Times);
}
