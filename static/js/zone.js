// Tells the server which time zone the candidate is in, with the form that is sent anyway.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
document.querySelectorAll("[data-zone]").forEach((field) => {
  field.value = zone ?? "";
});
