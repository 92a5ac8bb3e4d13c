// Inside an archive that was not unpacked this script is missing, and the page stays with its advice.
"use strict";
location.replace(document.getElementById("mo").href);
