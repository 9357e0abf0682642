import './author.css';
import './base.css';
import './cells.css';
import './questions.css';
