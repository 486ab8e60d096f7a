import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

const page = document.getElementById("page");
if (page) createRoot(page).render(<App />);
