// Names of static/css/tokens.css for Tailwind's utilities. Values live there and nowhere else; Tailwind's own palette is left out on purpose.
const use = (...names) => Object.fromEntries(names.map((name) => [name, `var(--${name})`]));

/** @type {import('tailwindcss').Config} */
module.exports = {
  content: ["./views/**/*.templ", "./views/**/*.go"],
  theme: {
    screens: { md: "48rem", lg: "64rem", xl: "75rem" },
    colors: {
      transparent: "transparent",
      current: "currentColor",
      ...use(
        "canvas", "surface", "raised", "sunken", "hover", "press", "line", "line-strong", "ink", "ink-2", "muted",
        "accent", "accent-hover", "accent-soft", "accent-ink", "on-accent", "key", "key-hover", "on-key",
        "streak", "streak-soft", "streak-ink", "good", "good-soft", "good-ink", "warn", "warn-soft", "warn-ink",
        "bad", "bad-soft", "bad-ink", "on-bad", "focus", "chart-1", "chart-2", "chart-3", "chart-4", "chart-5", "chart-track",
      ),
    },
    spacing: {
      0: "0px", px: "1px", 0.5: "var(--s-0)", 1: "var(--s-1)", 1.5: "var(--s-15)", 2: "var(--s-2)", 3: "var(--s-3)", 4: "var(--s-4)",
      5: "var(--s-5)", 6: "var(--s-6)", 8: "var(--s-8)", 10: "var(--s-10)", 14: "var(--s-14)", 18: "var(--s-18)",
      ...use("control", "control-sm", "control-lg", "row", "touch", "sidebar", "aside", "drawer", "page", "measure"),
    },
    fontFamily: { ui: "var(--font-ui)", read: "var(--font-read)", code: "var(--font-code)" },
    fontSize: {
      "2xs": "var(--text-2xs)", xs: "var(--text-xs)", sm: "var(--text-sm)", md: "var(--text-md)", lg: "var(--text-lg)",
      xl: "var(--text-xl)", "2xl": "var(--text-2xl)", "3xl": "var(--text-3xl)", "4xl": "var(--text-4xl)", read: "var(--text-read)",
    },
    fontWeight: { body: "var(--weight-body)", medium: "var(--weight-medium)", strong: "var(--weight-strong)" },
    lineHeight: { tight: "var(--lead-tight)", snug: "var(--lead-snug)", body: "var(--lead-body)", read: "var(--lead-read)" },
    letterSpacing: { tight: "var(--track-tight)", snug: "var(--track-snug)", wide: "var(--track-wide)" },
    borderRadius: { 0: "0px", 1: "var(--r-1)", 2: "var(--r-2)", 3: "var(--r-3)", 4: "var(--r-4)", full: "var(--r-full)" },
    boxShadow: { none: "none", 1: "var(--shadow-1)", 2: "var(--shadow-2)", 3: "var(--shadow-3)" },
    transitionDuration: { 1: "var(--dur-1)", 2: "var(--dur-2)", 3: "var(--dur-3)" },
    transitionTimingFunction: { ease: "var(--ease)" },
    zIndex: Object.fromEntries(["sticky", "tabbar", "drawer", "bulk", "dialog", "palette", "toast"].map((name) => [name, `var(--z-${name})`])),
    maxWidth: { none: "none", full: "100%", page: "var(--page)", measure: "var(--measure)", aside: "var(--aside)", drawer: "var(--drawer)" },
  },
};
