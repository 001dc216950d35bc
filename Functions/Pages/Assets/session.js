// The token of a session ends long before its cookie. Some minutes before, the platform is asked for another one; where it gives none, the page says
// in time what is about to end. How long is left is the server's word, since this clock may be wrong.
const early = 600;
function watch(banner) {
  const renew = async () => {
    let left = 0;
    try {
      await fetch("/.auth/refresh", { redirect: "manual" });
      const me = await fetch("/api/me", { redirect: "manual" });
      left = me.ok ? ((await me.json()).signedInSeconds ?? 0) : 0;
    } catch {
      // As if it gave none.
    }
    banner.toggleAttribute("hidden", left > early);
    if (left > early) wait(left);
  };
  const wait = (left) => setTimeout(renew, Math.max(0, left - early) * 1000);
  wait(Number(banner.dataset.session));
}

document.querySelectorAll("[data-session]").forEach(watch);
